/** Shows heals to the outside: traces by OTLP, metrics by Micrometer, a tree for the terminal. */
@NullMarked
package io.prunella.control.telemetry;

import org.jspecify.annotations.NullMarked;
