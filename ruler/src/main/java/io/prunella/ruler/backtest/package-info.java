/** Two packs run over the same recordings, and what the second would have done differently. */
@NullMarked
package io.prunella.ruler.backtest;

import org.jspecify.annotations.NullMarked;
