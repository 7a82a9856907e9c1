/** What the hypervisor offers its guests: virtual NICs and the virtual switch. */
@NullMarked
package dev.ringside.virt;

import org.jspecify.annotations.NullMarked;
