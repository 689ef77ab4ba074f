/** Does what an action says, through whatever tool the action uses, and says honestly what came of it. */
@NullMarked
package io.prunella.executor.driver;

import org.jspecify.annotations.NullMarked;
