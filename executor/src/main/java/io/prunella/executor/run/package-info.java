/** Runs plans: what happens next after every outcome stands in tables, and {@link Executor} performs it. */
@NullMarked
package io.prunella.executor.run;

import org.jspecify.annotations.NullMarked;
