/** Turns checked declarations into rules and plans. */
@NullMarked
package io.prunella.compiler.lower;

import org.jspecify.annotations.NullMarked;
