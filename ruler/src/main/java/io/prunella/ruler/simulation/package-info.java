/** Whole recordings run through the ruler, with nothing executed. */
@NullMarked
package io.prunella.ruler.simulation;

import org.jspecify.annotations.NullMarked;
