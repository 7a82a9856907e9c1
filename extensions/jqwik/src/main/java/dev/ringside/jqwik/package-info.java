// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/**
 * Ringside for jqwik 1.9.3: arbitraries, and a lab per try.
 *
 * <p>Start with {@link dev.ringside.jqwik.LabPerTry} and {@link dev.ringside.jqwik.RingsideDomain}.
 */
@NullMarked
package dev.ringside.jqwik;

import org.jspecify.annotations.NullMarked;
