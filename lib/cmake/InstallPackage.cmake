# Headers and the package `find_package(Actinium)`.

include(CMakePackageConfigHelpers)
install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h" PATTERN "*.def" PATTERN "*.td")
install(DIRECTORY ${PROJECT_BINARY_DIR}/include/
        DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.inc")

set(ACT_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/Actinium)
install(EXPORT ActiniumTargets NAMESPACE Actinium:: DESTINATION ${ACT_PACKAGE_DIR})
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/ActiniumConfig.cmake.in
  ${PROJECT_BINARY_DIR}/ActiniumConfig.cmake
  INSTALL_DESTINATION ${ACT_PACKAGE_DIR})
write_basic_package_version_file(
  ${PROJECT_BINARY_DIR}/ActiniumConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/ActiniumConfig.cmake
              ${PROJECT_BINARY_DIR}/ActiniumConfigVersion.cmake
        DESTINATION ${ACT_PACKAGE_DIR})
