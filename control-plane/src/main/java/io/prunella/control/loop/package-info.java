/** Joins what judges and what acts: observations in, heals out, and what comes back enters at the front door. */
@NullMarked
package io.prunella.control.loop;

import org.jspecify.annotations.NullMarked;
