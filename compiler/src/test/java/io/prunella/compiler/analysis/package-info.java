/** Holds what analysis claims against worlds in which conditions are simply evaluated. */
@NullMarked
package io.prunella.compiler.analysis;

import org.jspecify.annotations.NullMarked;
