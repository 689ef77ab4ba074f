/** Recordings that others published in forms of their own, brought into the form that Prunella reads. */
@NullMarked
package io.prunella.control.conversion;

import org.jspecify.annotations.NullMarked;
