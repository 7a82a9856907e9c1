// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture.planted.floors.virt;

/** On the floor of the NIC. */
public interface Switch {}
