// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** The door to Ringside: test doubles for NIC virtualization that really work, in memory. */
@NullMarked
package dev.ringside;

import org.jspecify.annotations.NullMarked;
