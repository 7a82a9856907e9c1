// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Arbitraries and a lab per try for jqwik properties about network devices. */
@NullMarked
package dev.ringside.jqwik;

import org.jspecify.annotations.NullMarked;
