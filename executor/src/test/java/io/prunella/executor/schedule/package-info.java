/** Tests of the package's promises. */
@NullMarked
package io.prunella.executor.schedule;

import org.jspecify.annotations.NullMarked;
