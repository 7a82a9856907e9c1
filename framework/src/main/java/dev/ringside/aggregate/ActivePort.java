// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

/**
 * What a {@link PortSelectionPolicy} may know of a NIC in the list.
 *
 * <pre>{@code
 * port.name();        // p1
 * port.connections(); // 3
 * }</pre>
 *
 * @param name the name of the NIC
 * @param order its place in the configured order of the host, from 0
 * @param speed bits a second, 0 if unlimited
 * @param connections how many of the connections that are remembered it has now
 */
public record ActivePort(String name, int order, long speed, int connections) {}
