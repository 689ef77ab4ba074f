/** Texts that nobody would write, found by machine. */
@NullMarked
package io.prunella.dsl;

import org.jspecify.annotations.NullMarked;
