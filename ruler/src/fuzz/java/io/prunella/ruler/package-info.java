/** Packs and recordings that nobody would write, found by machine. */
@NullMarked
package io.prunella.ruler;

import org.jspecify.annotations.NullMarked;
