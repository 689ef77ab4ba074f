/** The one layout of `.dl` files, so that reviews are about rules and not about blanks. */
@NullMarked
package io.prunella.dsl.format;

import org.jspecify.annotations.NullMarked;
