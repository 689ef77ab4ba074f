/** Those who run the workloads side by side, each in the way its own manual recommends. */
@NullMarked
package io.prunella.bench.peer;

import org.jspecify.annotations.NullMarked;
