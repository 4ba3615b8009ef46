#ifndef DFLAB_DNNL_PLAIN_H
#define DFLAB_DNNL_PLAIN_H
/// The version of oneDNN that is linked, such as 206 for 2.6.
int dflab_dnnl_version(void);
#endif
