/** Tests of what is brought over. */
@NullMarked
package io.prunella.control.conversion;

import org.jspecify.annotations.NullMarked;
