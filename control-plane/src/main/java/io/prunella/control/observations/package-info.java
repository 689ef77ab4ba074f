/** Keeps every observation that was answered 2xx, on disk and for a day, as a recording that can be replayed. */
@NullMarked
package io.prunella.control.observations;

import org.jspecify.annotations.NullMarked;
