/** Proves rules before they act: runs the language's `test` blocks through the production loop on a virtual clock. */
@NullMarked
package io.prunella.control.proof;

import org.jspecify.annotations.NullMarked;
