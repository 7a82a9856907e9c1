// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.floors.attic;

/** In a package that is on no floor. */
public interface Trunk {}
