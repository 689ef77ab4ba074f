/** The service: HTTP in front of the loop, and nothing that decides; the only place that knows Spring. */
@NullMarked
package io.prunella.control.serve;

import org.jspecify.annotations.NullMarked;
