/** Judges rules over observations, instant by instant: what the rest of Prunella asks for a verdict. */
@NullMarked
package io.prunella.ruler;

import org.jspecify.annotations.NullMarked;
