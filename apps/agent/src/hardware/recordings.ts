/** What tools print and kernels show. `vulkanLlvmpipe` is a real recording; the others follow the documented formats. */

export const nvidiaSmiTwoGpus = `GPU-8d5a9a0e-4c5b-3a0f-9e11-0c3d52a1b7aa, NVIDIA GeForce RTX 4090, 00000000:01:00.0, 550.54.15, 24564
GPU-1f2b7c44-91d3-7be0-5a02-77aa90c1e3d4, NVIDIA GeForce RTX 4090, 00000000:C1:00.0, 550.54.15, [N/A]
`

export const nvidiaSmiBroken = `NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.
`

export const pciTwoNvidia = {
  ...pciDevice('0000:01:00.0', '0x030000', '0x10de', '0x2684'),
  ...pciDevice('0000:01:00.1', '0x040300', '0x10de', '0x22ba'),
  ...pciDevice('0000:c1:00.0', '0x030000', '0x10de', '0x2684'),
}

export const pciAmdAndAspeed = {
  ...pciDevice('0000:03:00.0', '0x030000', '0x1002', '0x744c'),
  '/sys/bus/pci/devices/0000:03:00.0/mem_info_vram_total': '25753026560',
  ...pciDevice('0000:46:00.0', '0x030000', '0x1a03', '0x2000'),
}

export const network = {
  '/sys/class/net/lo/operstate': 'unknown',
  '/sys/class/net/docker0/operstate': 'up',
  '/sys/class/net/enp5s0/operstate': 'up',
  '/sys/class/net/enp5s0/speed': '2500',
  '/sys/class/net/enp6s0/operstate': 'down',
  '/sys/class/net/eth0/operstate': 'up',
  '/sys/class/net/eth0/speed': '-1',
}

export const vulkanLlvmpipe = `==========
VULKANINFO
==========

Vulkan Instance Version: 1.3.239

Devices:
========
GPU0:
	apiVersion         = 1.3.230
	driverVersion      = 0.0.1
	vendorID           = 0x10005
	deviceID           = 0x0000
	deviceType         = PHYSICAL_DEVICE_TYPE_CPU
	deviceName         = llvmpipe (LLVM 15.0.6, 256 bits)
	driverID           = DRIVER_ID_MESA_LLVMPIPE
	driverName         = llvmpipe
	driverInfo         = Mesa 22.3.6 (LLVM 15.0.6)
	conformanceVersion = 1.3.1.1
`

export const vulkanAmd = `Devices:
========
${vulkanDevice(0, '0x1002', '0x744c', 'DISCRETE_GPU', 'AMD Radeon RX 7900 XTX (RADV NAVI31)', 'Mesa 24.0.5')}
${vulkanDevice(1, '0x10005', '0x0000', 'CPU', 'llvmpipe (LLVM 17.0.6, 256 bits)', 'Mesa 24.0.5')}
`

export const vulkanTwoNvidia = `Devices:
========
${vulkanDevice(0, '0x10de', '0x2684', 'DISCRETE_GPU', 'NVIDIA GeForce RTX 4090', '550.54.15')}
${vulkanDevice(1, '0x10de', '0x2684', 'DISCRETE_GPU', 'NVIDIA GeForce RTX 4090', '550.54.15')}
`

function pciDevice(address: string, classCode: string, vendor: string, device: string): Record<string, string> {
  const at = `/sys/bus/pci/devices/${address}`
  return { [`${at}/class`]: classCode, [`${at}/vendor`]: vendor, [`${at}/device`]: device }
}

function vulkanDevice(index: number, ...[vendor, device, type, name, driver]: string[]): string {
  return `GPU${index}:
	vendorID           = ${vendor}
	deviceID           = ${device}
	deviceType         = PHYSICAL_DEVICE_TYPE_${type}
	deviceName         = ${name}
	driverName         = driver
	driverInfo         = ${driver}`
}
