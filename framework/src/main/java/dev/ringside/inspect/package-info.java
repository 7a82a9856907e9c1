// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0

/** Text for people: what a lab consists of, and what its devices have counted. */
@NullMarked
package dev.ringside.inspect;

import org.jspecify.annotations.NullMarked;
