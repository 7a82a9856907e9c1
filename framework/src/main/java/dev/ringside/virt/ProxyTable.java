// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.MacAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which hardware address is behind which port of a {@link ProxySwitch}, by address. A port is a
 * proxy, or the virtual machine's own virtual NIC.
 */
final class ProxyTable {

  private static final @Nullable ProxyVnic[] NO_PORTS = {};
  private static final long[] NO_ADDRESSES = {};

  /** In ascending order, so that finding one allocates nothing. */
  private long[] addresses = NO_ADDRESSES;

  /** The proxy of each address; null for the virtual machine's own. */
  private @Nullable ProxyVnic[] ports = NO_PORTS;

  /** Whether the address is one of the virtual machine's own. */
  boolean isOwn(long address) {
    int at = Arrays.binarySearch(addresses, address);
    return at >= 0 && ports[at] == null;
  }

  boolean contains(long address) {
    return Arrays.binarySearch(addresses, address) >= 0;
  }

  /** The proxy that an address is behind; null if it is behind none. */
  @Nullable ProxyVnic proxyOf(long address) {
    int at = Arrays.binarySearch(addresses, address);
    return at < 0 ? null : ports[at];
  }

  /** Notes where an address is, which is in the table nowhere else. */
  void put(long address, @Nullable ProxyVnic port) {
    int found = Arrays.binarySearch(addresses, address);
    if (found >= 0) {
      ports[found] = port;
      return;
    }
    int at = -found - 1;
    int length = addresses.length;
    long[] moreAddresses = Arrays.copyOf(addresses, length + 1);
    @Nullable ProxyVnic[] morePorts = Arrays.copyOf(ports, length + 1);
    System.arraycopy(addresses, at, moreAddresses, at + 1, length - at);
    System.arraycopy(ports, at, morePorts, at + 1, length - at);
    moreAddresses[at] = address;
    morePorts[at] = port;
    addresses = moreAddresses;
    ports = morePorts;
  }

  /** Forgets an address. */
  void remove(long address) {
    int at = Arrays.binarySearch(addresses, address);
    if (at < 0) {
      return;
    }
    int length = addresses.length - 1;
    long[] fewerAddresses = Arrays.copyOf(addresses, length);
    @Nullable ProxyVnic[] fewerPorts = Arrays.copyOf(ports, length);
    System.arraycopy(addresses, at + 1, fewerAddresses, at, length - at);
    System.arraycopy(ports, at + 1, fewerPorts, at, length - at);
    addresses = fewerAddresses;
    ports = fewerPorts;
  }

  /** Forgets all addresses behind a proxy. */
  void removeAll(ProxyVnic proxy) {
    for (int i = addresses.length - 1; i >= 0; i--) {
      if (ports[i] == proxy) {
        remove(addresses[i]);
      }
    }
  }

  /** The names of the ports, by address. */
  Map<MacAddress, String> names(String own) {
    Map<MacAddress, String> names = new LinkedHashMap<>();
    for (int i = 0; i < addresses.length; i++) {
      ProxyVnic port = ports[i];
      names.put(new MacAddress(addresses[i]), port == null ? own : port.name());
    }
    return names;
  }
}
