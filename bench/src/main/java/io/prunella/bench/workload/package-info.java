/** What every contender is given, to the bit, and what must come out of it. */
@NullMarked
package io.prunella.bench.workload;

import org.jspecify.annotations.NullMarked;
