/** Tests of the comparison of two packs. */
@NullMarked
package io.prunella.ruler.backtest;

import org.jspecify.annotations.NullMarked;
