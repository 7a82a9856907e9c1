// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.floors;

/** Stands above all floors. */
public interface Door {}
