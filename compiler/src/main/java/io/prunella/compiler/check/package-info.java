/** Names, types and units of a pack: what its text may say, and what it means by it. */
@NullMarked
package io.prunella.compiler.check;

import org.jspecify.annotations.NullMarked;
