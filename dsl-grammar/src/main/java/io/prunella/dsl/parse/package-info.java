/** From the text of a `.dl` file to its syntax tree and the problems of the text. */
@NullMarked
package io.prunella.dsl.parse;

import org.jspecify.annotations.NullMarked;
