/** Tests of the package's promises. */
@NullMarked
package io.prunella.executor.journal;

import org.jspecify.annotations.NullMarked;
