/** Every problem that a user's text can have: one catalog, values instead of exceptions, and how they are shown. */
@NullMarked
package io.prunella.dsl.diagnostic;

import org.jspecify.annotations.NullMarked;
