/** Tests of the package's promises. */
@NullMarked
package io.prunella.executor.driver;

import org.jspecify.annotations.NullMarked;
