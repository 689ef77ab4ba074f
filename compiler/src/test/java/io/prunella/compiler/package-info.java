/** From source text to what can be evaluated and executed: names, types, analysis, lowering. */
@NullMarked
package io.prunella.compiler;

import org.jspecify.annotations.NullMarked;
