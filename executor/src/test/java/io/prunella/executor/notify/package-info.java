/** Tests of the package's promises. */
@NullMarked
package io.prunella.executor.notify;

import org.jspecify.annotations.NullMarked;
