#include <libsvm/svm.h>
#include <linear.h>
