/** The one decision: which of the rules that may fire do, in which order, and what stands in the way of the others. */
@NullMarked
package io.prunella.ruler.decision;

import org.jspecify.annotations.NullMarked;
