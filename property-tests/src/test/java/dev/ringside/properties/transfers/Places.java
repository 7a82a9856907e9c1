// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.transfers;

import dev.ringside.packet.Endpoint;
import dev.ringside.transfer.Media;
import dev.ringside.transfer.Whereabouts;
import java.util.Set;

/** The places of a lab as a table tells them that may be wrong. */
record Places(Whereabouts real, Defect defect) implements Whereabouts {

  @Override
  public long version() {
    return defect == Defect.STALE_VERSION ? 0 : real.version();
  }

  @Override
  public void onChange(Runnable listener) {
    if (defect != Defect.STALE_VERSION) {
      real.onChange(listener);
    }
  }

  @Override
  public Set<Media> media(Endpoint from, Endpoint to) {
    Set<Media> media = real.media(from, to);
    boolean backwards = from.name().compareTo(to.name()) > 0;
    if (defect == Defect.ONE_WAY && backwards && !media.isEmpty()) {
      return Set.of(Media.STANDARD_NETWORK);
    }
    return media;
  }

  @Override
  public boolean leadTo(Set<Media> media, Endpoint from, Endpoint to) {
    return real.leadTo(media, from, to);
  }
}
