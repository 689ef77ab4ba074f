/** Contenders that are measured and never shipped. */
@NullMarked
package io.prunella.bench.engines;

import org.jspecify.annotations.NullMarked;
