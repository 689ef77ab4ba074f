/** Runs the contenders, each in a JVM of its own, and writes down what was measured. */
@NullMarked
package io.prunella.bench.trial;

import org.jspecify.annotations.NullMarked;
