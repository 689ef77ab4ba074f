/** Tests of what happens to heals. */
@NullMarked
package io.prunella.executor.run;

import org.jspecify.annotations.NullMarked;
