// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Memory that packets need on their way, and who may have how much of it. */
@NullMarked
package dev.ringside.memory;

import org.jspecify.annotations.NullMarked;
