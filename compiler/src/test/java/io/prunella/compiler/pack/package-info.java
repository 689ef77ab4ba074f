/** Reads a pack from disk once, as plain data: the one edge of the compiler that touches files. */
@NullMarked
package io.prunella.compiler.pack;

import org.jspecify.annotations.NullMarked;
