/** Recordings: JSON Lines in and out, where a bad line is a problem with a place and a cure. */
@NullMarked
package io.prunella.ruler.recording;

import org.jspecify.annotations.NullMarked;
