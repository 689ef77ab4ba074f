/** What Prometheus' functions give for the samples of a window. */
@NullMarked
package io.prunella.ruler.window;

import org.jspecify.annotations.NullMarked;
