/** What a `.dl` file says, as sealed families of records that carry where in the text they stand. */
@NullMarked
package io.prunella.dsl.ast;

import org.jspecify.annotations.NullMarked;
