/** Decides when work runs: timers on a clock that is handed in, and workers by priority. */
@NullMarked
package io.prunella.executor.schedule;

import org.jspecify.annotations.NullMarked;
