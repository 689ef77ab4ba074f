/** Why a rule fired or did not: what was asked, and the answer as a tree of plain data. */
@NullMarked
package io.prunella.ruler.explain;

import org.jspecify.annotations.NullMarked;
