@NullMarked
package io.prunella.control.serve;

import org.jspecify.annotations.NullMarked;
