/** The language as a user meets it: files in, trees, messages and layouts out. */
@NullMarked
package io.prunella.dsl;

import org.jspecify.annotations.NullMarked;
