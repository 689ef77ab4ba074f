/** Functions over windows, held against Prometheus itself. */
@NullMarked
package io.prunella.ruler.window;

import org.jspecify.annotations.NullMarked;
